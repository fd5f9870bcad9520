"use client";

import { Choice } from "@/components/ui/Choice";
import { Icon } from "@/components/ui/icons";
import { MOST } from "./route-form";

interface Props {
  /** "Host". */
  readonly label: string;
  /** What holds without any: "Any host". */
  readonly any: string;
  readonly value: readonly string[];
  /** What there is to choose from. */
  readonly known: readonly string[];
  onChange(value: string[]): void;
}

/** Some names of those that are there; one of them is enough. */
export function NamesField({ label, any, value, known, onChange }: Props) {
  const left = known.filter((one) => !value.includes(one));
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1.5 text-sm font-medium">{label}</legend>
      {value.length > 0 ? (
        <ul className="mb-1.5 flex flex-wrap gap-1.5">
          {value.map((one) => (
            <li key={one} className="min-w-0">
              <button
                type="button"
                aria-label={`Remove ${one}`}
                onClick={() => onChange(value.filter((other) => other !== one))}
                className="inline-flex min-h-7 max-w-full items-center gap-1.5 rounded-full bg-accent-soft py-0.5 pr-2 pl-2.5 text-left text-xs font-medium text-accent transition-colors hover:bg-raised pointer-coarse:min-h-9"
              >
                <bdi className="min-w-0 break-words">{one}</bdi>
                <Icon name="close" size={12} />
              </button>
            </li>
          ))}
        </ul>
      ) : null}
      <Choice
        label={value.length === 0 ? label : `${label}: one more`}
        value=""
        className="w-full"
        onChange={(one) => (one === "" || value.length >= MOST.names ? undefined : onChange([...value, one]))}
      >
        <option value="">{value.length === 0 ? any : "or…"}</option>
        {left.map((one) => (
          <option key={one} value={one}>
            {one}
          </option>
        ))}
      </Choice>
    </fieldset>
  );
}
