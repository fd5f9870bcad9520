"use client";

import { useMe } from "@/components/account/use-me";
import { Dialog } from "@/components/ui/Dialog";
import { Kbd } from "@/components/ui/Kbd";
import { KEY_GROUPS } from "./key-list";

interface Props {
  readonly open: boolean;
  onOpenChange(open: boolean): void;
}

export function KeySheet({ open, onOpenChange }: Props) {
  const { may } = useMe();
  const shown = KEY_GROUPS.filter(({ needs }) => needs === undefined || may(needs));
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Keys" width="wide">
      <div className="grid gap-x-8 gap-y-5 pt-1 sm:grid-cols-2 lg:grid-cols-4">
        {shown.map(({ name, keys }) => (
          <section key={name}>
            <h3 className="mb-1.5 text-xs font-medium text-muted">{name}</h3>
            <dl>
              {keys.map((one) => (
                <div key={one.does} className="flex h-8 items-center justify-between gap-3 border-b border-line">
                  <dt className="text-sm">{one.does}</dt>
                  <dd className="flex shrink-0 gap-1">
                    {one.keys.map((key) => (
                      <Kbd key={key}>{key}</Kbd>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
