import type { EffectiveValue } from "./effective-values";

/** A value and whose it is: the rule's own is quiet, a changed one says what it was and who changed it. */
export function EffectiveText({ value, faded = false }: { value: EffectiveValue | undefined; faded?: boolean }) {
  if (!value) return <span className="text-muted">–</span>;
  const { text, own, from } = value;
  if (from === null) return <span className="num text-muted">{text}</span>;
  return (
    <span className={`block min-w-0 ${faded ? "opacity-65" : ""}`}>
      <span className="num font-medium">
        {own === text ? null : (
          <>
            <s className="font-normal text-muted decoration-muted/60">
              <span className="sr-only">before: </span>
              {own}
            </s>{" "}
          </>
        )}
        {text}
      </span>
      <bdi className="block truncate text-2xs text-accent" title={`from ${from}`}>
        from {from}
      </bdi>
    </span>
  );
}
