"use client";

import { useQuery } from "@tanstack/react-query";
import { useId } from "react";
import { useTRPC } from "@/components/data/trpc";
import { Icon } from "@/components/ui/icons";
import { ListField } from "@/components/ui/ListField";

interface Props {
  readonly value: readonly string[];
  readonly error: string | null;
  onChange(tags: string[]): void;
}

/** Some of the tags that instances have; others may be typed, for instances that come later. */
export function TagChoice({ value, error, onChange }: Props) {
  const trpc = useTRPC();
  const id = useId();
  const { data: instances = [] } = useQuery(trpc.plugins.instances.queryOptions());
  const known = [...new Set(instances.flatMap(({ tags }) => tags))].sort((a, b) => a.localeCompare(b, "en"));
  const others = value.filter((tag) => !known.includes(tag));
  const chosen = value.filter((tag) => known.includes(tag));
  const turn = (tag: string) =>
    onChange([...(chosen.includes(tag) ? chosen.filter((one) => one !== tag) : [...chosen, tag]), ...others]);
  return (
    <div className="flex flex-col gap-3">
      {known.length > 0 ? (
        <div className="flex flex-col gap-1.5">
          <p id={id} className="text-sm font-medium">
            Tags that instances have
          </p>
          {/* biome-ignore lint/a11y/useSemanticElements: pressed buttons are no fields. */}
          <div role="group" aria-labelledby={id} className="flex flex-wrap gap-1.5">
            {known.map((tag) => (
              <button
                key={tag}
                type="button"
                aria-pressed={chosen.includes(tag)}
                onClick={() => turn(tag)}
                className="inline-flex min-h-8 max-w-full items-center gap-1.5 rounded-lg border border-line-strong px-2.5 py-1 text-sm transition-colors hover:bg-hover aria-pressed:border-accent aria-pressed:bg-accent-soft aria-pressed:text-accent pointer-coarse:min-h-10"
              >
                <Icon name={chosen.includes(tag) ? "check" : "plus"} size={13} />
                <bdi className="min-w-0 truncate">{tag}</bdi>
              </button>
            ))}
          </div>
        </div>
      ) : null}
      <ListField
        label={known.length > 0 ? "Other tags" : "Tags"}
        hint={
          known.length > 0
            ? "For instances that come later."
            : "No instance has a tag yet: give it one in its settings, and type the same here."
        }
        hasDefault
        itemName="tag"
        error={error}
        value={others}
        onChange={(next) => onChange([...chosen, ...next])}
      />
    </div>
  );
}
