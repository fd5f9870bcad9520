import { type ReactNode, useId } from "react";

interface Props {
  readonly title: string;
  readonly about?: string;
  /** On the right of the title. */
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}

/** A part of the page, with a sentence that says what it is for. */
export function Section({ title, about, aside, children }: Props) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="min-w-0">
      <div className="mb-2 flex items-end justify-between gap-4">
        <div className="min-w-0">
          <h2 id={id} className="text-sm font-semibold">
            {title}
          </h2>
          {about ? <p className="mt-0.5 max-w-2xl text-sm text-pretty text-muted">{about}</p> : null}
        </div>
        {aside}
      </div>
      {children}
    </section>
  );
}
