import { type ComponentProps, type ReactNode, useId } from "react";

interface Props extends Pick<ComponentProps<"input">, "name" | "checked" | "disabled"> {
  /** One of these, or any of these. */
  readonly type: "radio" | "checkbox";
  readonly title: string;
  /** What it means, in a line. */
  readonly hint: ReactNode;
  onChange(checked: boolean): void;
}

/** Something to choose that needs a line to say what it is. A native control underneath: keys and screen readers know it. */
export function OptionCard({ type, title, hint, onChange, ...input }: Props) {
  return (
    <label className="flex cursor-pointer items-start gap-2.5 rounded-lg border border-line-strong px-3 py-2 transition-colors hover:bg-hover has-checked:border-accent has-checked:bg-accent-soft has-focus-visible:outline-2 has-focus-visible:outline-accent has-disabled:cursor-default has-disabled:opacity-50">
      <input
        type={type}
        onChange={(event) => onChange(event.target.checked)}
        className="mt-0.5 size-4 shrink-0 accent-accent outline-none"
        {...input}
      />
      <span className="min-w-0">
        <span className="block text-sm font-medium">{title}</span>
        <span className="block text-xs text-pretty text-muted">{hint}</span>
      </span>
    </label>
  );
}

/** What is chosen of, under one name. @param error what is wrong with the choice */
export function OptionGroup({ legend, error = null, children }: GroupProps) {
  const id = useId();
  return (
    <fieldset className="flex min-w-0 flex-col gap-1.5" aria-describedby={error ? id : undefined}>
      <legend className="mb-1.5 text-sm font-medium">{legend}</legend>
      {children}
      {error ? (
        <p id={id} className="text-xs text-pretty text-bad">
          {error}
        </p>
      ) : null}
    </fieldset>
  );
}

interface GroupProps {
  readonly legend: string;
  readonly error?: string | null;
  readonly children: ReactNode;
}
