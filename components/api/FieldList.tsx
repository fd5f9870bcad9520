import type { Field } from "./describe-schema";
import { WithCode } from "./WithCode";

interface Props {
  readonly fields: readonly Field[];
  /** "in": what is sent, where it matters what must be there; "out": what comes, where it matters what may not. */
  readonly way: "in" | "out";
}

/** Fields with their types, those within them below. */
export function FieldList({ fields, way }: Props) {
  return (
    <ul className="flex flex-col">
      {fields.map(({ name, type, required, note, fields: inner }) => (
        <li key={name} className="border-t border-line py-1.5 text-xs first:border-t-0">
          <p className="flex flex-wrap items-baseline gap-x-2 gap-y-0.5">
            <code className="font-medium [overflow-wrap:anywhere]">{name}</code>
            {type ? <code className="text-muted [overflow-wrap:anywhere]">{type}</code> : null}
            {way === "in" && required ? <span className="text-2xs text-warn">required</span> : null}
            {way === "out" && !required && type ? <span className="text-2xs text-muted">may be missing</span> : null}
          </p>
          {note ? (
            <p className="mt-0.5 text-pretty text-muted [overflow-wrap:anywhere]">
              <WithCode text={note} />
            </p>
          ) : null}
          {inner.length > 0 ? (
            <div className="mt-1 border-l-2 border-line pl-3">
              <FieldList fields={inner} way={way} />
            </div>
          ) : null}
        </li>
      ))}
    </ul>
  );
}
