import type { ReactNode } from "react";
import { Badge } from "@/components/ui/Badge";
import { Card } from "@/components/ui/Card";
import type { ApiDocument, Entry, Schema } from "./api-types";
import { curlLine } from "./curl-line";
import { describeFields, typeText } from "./describe-schema";
import { FieldList } from "./FieldList";
import { MethodBadge } from "./MethodBadge";
import { WithCode } from "./WithCode";

interface Props {
  readonly entry: Entry;
  readonly document: ApiDocument;
}

/** One operation: address, what goes in, what comes out, and a line that calls it. */
export function OperationCard({ entry, document }: Props) {
  const { method, path, operation } = entry;
  const components: Schema = document.components.schemas;
  const base = document.servers[0]?.url ?? "";
  const body = operation.requestBody?.content["application/json"]?.schema;
  const answer = answerOf(entry);
  const parameters = (operation.parameters ?? []).map(({ name, schema, required, description, in: place }) => ({
    ...{ name: place === "path" ? `{${name}}` : name, type: typeText(schema), required, fields: [] },
    note: [description, ...describeFields({ properties: { it: schema } }, components, 0).map(({ note }) => note)]
      .filter(Boolean)
      .join(" "),
  }));
  return (
    <article id={operation.operationId} aria-label={`${method} ${path}`} className="scroll-mt-16">
      <Card padding="none">
        <header className="flex flex-col gap-1.5 border-b border-line p-4">
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
            <MethodBadge method={method} />
            <h3 className="min-w-0 font-mono text-sm font-medium [overflow-wrap:anywhere]">{path}</h3>
            {scopesOf(entry).map((scope) => (
              <Badge key={scope}>{scope}</Badge>
            ))}
          </div>
          <p className="text-sm text-pretty">
            <WithCode text={operation.summary} />
          </p>
          <p className="text-xs text-pretty text-muted">
            <WithCode text={operation.description} />
          </p>
        </header>
        <div className="grid gap-x-8 gap-y-4 p-4 lg:grid-cols-2">
          <div className="flex min-w-0 flex-col gap-4">
            {parameters.length > 0 ? (
              <Part title="Parameters">
                <FieldList fields={parameters} way="in" />
              </Part>
            ) : null}
            {body ? (
              <Part title="Body" aside={typeText(body)}>
                <FieldList fields={describeFields(body, components, 2)} way="in" />
              </Part>
            ) : null}
            <Part title="Call">
              <pre className="rounded-lg bg-raised p-3 text-xs leading-relaxed [overflow-wrap:anywhere] whitespace-pre-wrap">
                <code>{curlLine(entry, base, components)}</code>
              </pre>
            </Part>
          </div>
          <Part title="Answer" aside={`${answer.status} ${typeText(answer.schema)}`}>
            <FieldList fields={describeFields(answer.schema, components, 1)} way="out" />
          </Part>
        </div>
      </Card>
    </article>
  );
}

function Part({ title, aside, children }: { title: string; aside?: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <h4 className="mb-1 flex flex-wrap items-baseline gap-x-2 text-xs font-semibold">
        {title}
        {aside ? <code className="font-normal text-muted [overflow-wrap:anywhere]">{aside}</code> : null}
      </h4>
      {children}
    </div>
  );
}

function answerOf({ operation: { responses } }: Entry): { status: string; schema: unknown } {
  const [status = "", answer] = Object.entries(responses)[0] ?? [];
  const schema = answer && "content" in answer ? answer.content?.["application/json"]?.schema : undefined;
  return { status, schema };
}

const scopesOf = ({ operation: { security } }: Entry) => security.flatMap(({ token }) => token ?? []);
