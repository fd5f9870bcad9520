"use client";

import { useQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import type { SilenceView } from "@/components/data/outputs";
import { useTRPC } from "@/components/data/trpc";
import { Card } from "@/components/ui/Card";
import { Icon } from "@/components/ui/icons";
import { SilenceRow } from "./SilenceRow";

interface Props {
  readonly title: string;
  readonly silences: readonly SilenceView[];
  readonly renderedAt: number;
  /** Closed at first. */
  readonly folds?: boolean;
  /** Without it, they are only read. */
  onEdit?: ((silence: SilenceView) => void) | undefined;
}

export function SilenceList({ title, silences, renderedAt, folds = false, onEdit }: Props) {
  const trpc = useTRPC();
  const id = useId();
  const [shown, setShown] = useState(!folds);
  const instances = useQuery(trpc.plugins.instances.queryOptions());
  const names = new Map(instances.data?.map((one) => [one.id, one.name]));
  return (
    <section aria-labelledby={id} className="min-w-0">
      <h2 id={id} className="mb-2 text-sm font-semibold">
        {folds ? (
          <button
            type="button"
            aria-expanded={shown}
            onClick={() => setShown(!shown)}
            className="-ml-1 inline-flex items-center gap-1 rounded px-1 text-muted hover:text-ink pointer-coarse:min-h-9"
          >
            <Icon name={shown ? "down" : "right"} size={14} />
            {title} <Count of={silences.length} />
          </button>
        ) : (
          <>
            {title} <Count of={silences.length} />
          </>
        )}
      </h2>
      {shown ? (
        <Card padding="none" className="overflow-clip">
          <ul className="divide-y divide-line">
            {silences.map((silence) => (
              <SilenceRow
                key={silence.id}
                silence={silence}
                renderedAt={renderedAt}
                nameOf={(instance) => names.get(instance)}
                onEdit={onEdit && (() => onEdit(silence))}
              />
            ))}
          </ul>
        </Card>
      ) : null}
    </section>
  );
}

const Count = ({ of }: { of: number }) => <span className="num ms-1 font-normal text-muted">{of}</span>;
