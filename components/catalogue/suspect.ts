import type { TestResult } from "../data/outputs";
import type { Field } from "../form/fields";
import type { Problems } from "../form/problems";

const PLACES = ["address", "url", "endpoint", "host", "server"];
const TOO = "The test failed here.";

/** The field to look at first after a test that failed: a place that does not answer, a login that is refused. */
export function suspectOf(
  fields: readonly Field[],
  { failure, partial }: Pick<TestResult, "failure" | "partial">,
): Problems {
  switch ((failure ?? partial[0])?.reason) {
    case "dns":
      return mark(placeOf(fields), "This name was not found.");
    case "unreachable":
      return mark(placeOf(fields), "Nothing answers at this address.");
    case "auth":
      return mark(
        fields.find(({ kind }) => kind === "secret"),
        "The login was refused.",
      );
    case "tls":
      return mark(
        fields.find(({ key }) => key === "sslMode"),
        TOO,
      );
    default:
      return {};
  }
}

const mark = (field: Field | undefined, problem: string): Problems =>
  field ? { [`config.${field.key}`]: problem } : {};

const placeOf = (fields: readonly Field[]) =>
  PLACES.map((key) => fields.find((field) => field.key === key)).find(Boolean) ??
  fields.find((field) => field.required && field.kind === "text");
