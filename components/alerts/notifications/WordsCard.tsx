"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "@/components/data/trpc";
import { Card } from "@/components/ui/Card";
import { Icon } from "@/components/ui/icons";
import { TextArea } from "@/components/ui/TextArea";
import { TextField } from "@/components/ui/TextField";
import type { RouteFormState } from "./use-route-form";

const LONGEST = 4_000;

/** A route's own title and text, with places that are filled in. Most need none, so they are folded away. */
export function WordsCard({ state }: { state: RouteFormState }) {
  const { form, problems, change } = state;
  const trpc = useTRPC();
  const [opened, setOpened] = useState(form.title !== "" || form.text !== "");
  const open = opened || Boolean(problems.title ?? problems.text);
  const { data: names = [] } = useQuery({ ...trpc.notifications.names.queryOptions(), enabled: open });
  return (
    <Card padding="none">
      <button
        type="button"
        aria-expanded={open}
        onClick={() => setOpened(!open)}
        className="flex min-h-11 w-full items-center gap-1.5 rounded-xl px-4 text-left text-sm font-semibold"
      >
        <Icon name="right" size={14} className={`text-muted transition-transform ${open ? "rotate-90" : ""}`} />
        Your own words
        {open ? null : <span className="ms-1 font-normal text-muted">Unity's</span>}
      </button>
      {open ? (
        <div className="flex flex-col gap-4 px-4 pb-4">
          <TextField
            label="Title"
            hasDefault
            maxLength={LONGEST}
            placeholder="{{severity}}: {{rule}} on {{host}}"
            error={problems.title ?? null}
            value={form.title}
            onChange={(title) => change({ title })}
          />
          <TextArea
            label="Text"
            hasDefault
            rows={4}
            placeholder="{{alerts}}"
            error={problems.text ?? null}
            value={form.text}
            onChange={(text) => change({ text })}
          />
          <p className="flex flex-wrap items-center gap-1 text-xs text-muted">
            Put in:
            {names.map(({ name, meaning }) => (
              <button
                key={name}
                type="button"
                title={meaning}
                onClick={() => change({ text: `${form.text} {{${name}}}`.trimStart() })}
                className="rounded bg-raised px-1.5 py-0.5 font-mono text-2xs hover:text-ink pointer-coarse:min-h-8 pointer-coarse:px-2.5"
              >
                {name}
              </button>
            ))}
          </p>
        </div>
      ) : null}
    </Card>
  );
}
