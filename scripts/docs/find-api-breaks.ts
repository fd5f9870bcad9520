import type { ApiDocument, ApiOperation } from "../../server/http/api/document";
import { findSchemaBreaks, type Schema, type Way } from "./find-schema-breaks";

/**
 * What of an API a client that was written for the first document cannot do any more: addresses and fields that are gone, what must be
 * sent now, what is not taken any more. What only came is no break. @returns sentences, none is fine
 */
export function findApiBreaks(before: ApiDocument, after: ApiDocument): string[] {
  return Object.entries(before.paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, was]) => {
      const name = `${method.toUpperCase()} ${path}`;
      const is = after.paths[path]?.[method];
      return is ? findOperationBreaks(was, is, { name, before, after }) : [`${name} is gone`];
    }),
  );
}

interface Asked {
  readonly name: string;
  readonly before: ApiDocument;
  readonly after: ApiDocument;
}

function findOperationBreaks(was: ApiOperation, is: ApiOperation, { name, before, after }: Asked): string[] {
  const compare = (from: unknown, to: unknown, way: Way, at: string) =>
    findSchemaBreaks(from, to, {
      ...{ way, at, open: new Set<string>() },
      // An interface is no record to TypeScript.
      before: { ...before } as Schema,
      after: { ...after } as Schema,
    });
  const parametersBefore = was.parameters ?? [];
  const parametersAfter = is.parameters ?? [];
  const findSame = (all: typeof parametersBefore, one: { in: string; name: string }) =>
    all.find((other) => other.in === one.in && other.name === one.name);
  return [
    ...(is.operationId === was.operationId ? [] : [`${name} has another operationId`]),
    ...(JSON.stringify(is.security) === JSON.stringify(was.security) ? [] : [`${name} needs another permission`]),
    ...parametersBefore.flatMap((one) => {
      const at = `${name} ?${one.name}`;
      const same = findSame(parametersAfter, one);
      if (!same) return [`${at} is gone`];
      return [
        ...(same.required && !one.required ? [`${at} is required now`] : []),
        ...compare(one.schema, same.schema, "request", at),
      ];
    }),
    ...parametersAfter.flatMap((one) =>
      one.required && !findSame(parametersBefore, one) ? [`${name} ?${one.name} is new and required`] : [],
    ),
    ...(is.requestBody?.required && !was.requestBody?.required ? [`${name} needs a body now`] : []),
    ...compare(bodyOf(was), bodyOf(is), "request", `${name} body`),
    ...Object.entries(was.responses).flatMap(([status, answer]) => {
      const at = `${name} ${status}`;
      const same = is.responses[status];
      return same ? compare(contentOf(answer), contentOf(same), "answer", at) : [`${at} is gone`];
    }),
  ];
}

const bodyOf = ({ requestBody }: ApiOperation) => requestBody?.content["application/json"]?.schema;
const contentOf = (answer: ApiOperation["responses"][string]) =>
  "content" in answer ? answer.content?.["application/json"]?.schema : undefined;
