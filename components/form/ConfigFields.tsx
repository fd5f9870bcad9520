"use client";

import { useState } from "react";
import { Icon } from "../ui/icons";
import { FieldGrid } from "./FieldGrid";
import type { Field } from "./fields";
import type { Problems } from "./problems";
import type { Values } from "./values";

interface Props {
  readonly fields: readonly Field[];
  readonly values: Values;
  readonly problems: Problems;
  onChange(values: Values): void;
}

/** A plugin's settings: what matters in sight, the rest folded. What is wrong is never folded away. */
export function ConfigFields({ fields, ...rest }: Props) {
  const [open, setOpen] = useState(false);
  const main = fields.filter((field) => field.required || !field.advanced);
  const more = fields.filter((field) => !main.includes(field));
  const wrong = more.some(({ key }) => Object.keys(rest.problems).some((path) => isAt(path, `config.${key}`)));
  const shown = open || wrong;
  return (
    <>
      <FieldGrid fields={main} path="config" {...rest} />
      {more.length === 0 ? null : (
        <div className="mt-4 border-t border-line pt-2">
          <button
            type="button"
            aria-expanded={shown}
            onClick={() => setOpen(!shown)}
            className="-mx-1.5 flex h-8 items-center gap-1.5 rounded-md px-1.5 text-sm font-medium text-muted transition-colors hover:text-ink pointer-coarse:h-10"
          >
            <Icon name="right" size={14} className={`transition-transform ${shown ? "rotate-90" : ""}`} />
            More options
            <span className="num rounded bg-raised px-1 text-2xs">{more.length}</span>
          </button>
          {shown ? (
            <div className="pt-3">
              <FieldGrid fields={more} path="config" {...rest} />
            </div>
          ) : null}
        </div>
      )}
    </>
  );
}

const isAt = (path: string, place: string) => path === place || path.startsWith(`${place}.`);
