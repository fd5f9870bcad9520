"use client";

import * as Radix from "@radix-ui/react-dialog";
import { useQuery } from "@tanstack/react-query";
import { usePathname } from "next/navigation";
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from "react";
import { useMe } from "@/components/account/use-me";
import { useTRPC } from "@/components/data/trpc";
import { Icon } from "@/components/ui/icons";
import { Kbd } from "@/components/ui/Kbd";
import { findCommands, listCommands } from "./commands";
import { PaletteList } from "./PaletteList";
import { useDeeds } from "./use-deeds";

/** More nobody reads: a longer query is quicker. */
const LIMIT = 40;

interface Props {
  readonly open: boolean;
  onOpenChange(open: boolean): void;
  onKeys(): void;
  go(href: string): void;
}

/** Search over everything that can be gone to or done: a combobox whose list is always open. */
export function Palette({ open, onOpenChange, onKeys, go }: Props) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-veil" />
        <Radix.Content
          aria-describedby={undefined}
          className="pop fixed inset-x-3 top-3 z-40 mx-auto flex max-h-[min(560px,calc(100dvh-24px))] max-w-xl flex-col overflow-hidden rounded-2xl sm:top-[12vh] sm:max-h-[min(560px,calc(88vh-24px))]"
        >
          <Radix.Title className="sr-only">Search or run a command</Radix.Title>
          <PaletteBody close={() => onOpenChange(false)} onKeys={onKeys} go={go} />
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** Mounted while open, so that each opening begins with an empty query. */
function PaletteBody({ close, onKeys, go }: Pick<Props, "onKeys" | "go"> & { close(): void }) {
  const trpc = useTRPC();
  const pathname = usePathname();
  const listId = useId();
  const instances = useQuery(trpc.plugins.instances.queryOptions());
  const catalogue = useQuery(trpc.plugins.catalogue.queryOptions());
  const alerts = useQuery(trpc.alerts.open.queryOptions());
  const { me } = useMe();
  const [query, setQuery] = useState("");
  const [active, setActive] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const act = useDeeds({ go, onKeys });

  const openId = /^\/instances\/([^/]+)/.exec(pathname)?.[1];
  const commands = useMemo(
    () =>
      listCommands({
        instances: instances.data ?? [],
        catalogue: catalogue.data ?? [],
        alerts: alerts.data ?? [],
        openId,
        me,
      }),
    [instances.data, catalogue.data, alerts.data, openId, me],
  );
  const found = useMemo(() => findCommands(commands, query, LIMIT), [commands, query]);
  const at = Math.min(active, Math.max(0, found.length - 1));
  const chosen = found[at];

  useEffect(() => {
    list.current?.querySelector(`[data-index="${at}"]`)?.scrollIntoView({ block: "nearest" });
  }, [at]);

  const run = (index: number) => {
    const command = found[index];
    if (!command) return;
    close();
    act(command.deed);
  };
  const press = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const by = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key];
    if (by !== undefined && found.length > 0) {
      event.preventDefault();
      // One step goes round the end; a page stops there.
      const next = Math.abs(by) === 1 ? (at + by + found.length) % found.length : at + by;
      setActive(Math.max(0, Math.min(found.length - 1, next)));
    } else if (event.key === "Enter") {
      event.preventDefault();
      run(at);
    }
  };

  return (
    <>
      <div className="flex items-center gap-2.5 border-b border-line px-4">
        <Icon name="search" className="text-muted" />
        <input
          role="combobox"
          aria-label="Search or run a command"
          aria-expanded="true"
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={chosen ? `${listId}-${at}` : undefined}
          placeholder="Pages, alerts, instances, hosts, plugins, actions"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          value={query}
          onChange={(event) => {
            setQuery(event.target.value);
            setActive(0);
          }}
          onKeyDown={press}
          className="h-12 min-w-0 flex-1 bg-transparent text-base outline-none pointer-coarse:text-lg"
        />
        <span className="max-sm:hidden">
          <Kbd>Esc</Kbd>
        </span>
        <Radix.Close className="rounded-md px-2 py-1 text-sm text-muted hover:text-ink sm:hidden">Close</Radix.Close>
      </div>
      <PaletteList ref={list} id={listId} found={found} active={at} query={query} onPoint={setActive} onRun={run} />
    </>
  );
}
