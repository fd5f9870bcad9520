"use client";

import type { RefObject } from "react";
import { type AnyUnit, formatLocal } from "@/components/format";
import { IconButton } from "@/components/ui/IconButton";
import { Menu, type MenuItem } from "@/components/ui/Menu";
import { useToast } from "@/components/ui/Toast";
import { type ChartLine, instants } from "./chart-data";
import { toCsv, toJson } from "./chart-export";
import { chartImage } from "./chart-image";
import { copyImage, copyText, type Taken } from "./copy-chart";
import { readPalette } from "./palette";
import type { Plot } from "./plot";

interface Props {
  readonly title: string;
  readonly unit: AnyUnit;
  readonly from: number;
  readonly to: number;
  readonly gridFrom: number;
  readonly stepMs: number;
  readonly lines: readonly ChartLine[];
  readonly colours: readonly number[];
  readonly plot: RefObject<Plot | null>;
  readonly table: boolean;
  readonly actions?: readonly { readonly name: string; run(): void }[];
  onTable(): void;
  onFullScreen?(): void;
}

export function ChartMenu(props: Props) {
  const {
    title,
    unit,
    from,
    to,
    gridFrom,
    stepMs,
    lines,
    colours,
    plot,
    table,
    actions = [],
    onTable,
    onFullScreen,
  } = props;
  const toast = useToast();
  const fileName = (ending: string) => `${title.replace(/[^\p{L}\p{N}]+/gu, "-").toLowerCase()}.${ending}`;
  const content = () => ({ title, unit, times: instants(gridFrom, stepMs, lines[0]?.avg.length ?? 0), lines });

  const take = (what: string, work: () => Promise<Taken>) => () => {
    work().then(
      (taken) => toast({ text: taken === "copied" ? `${what} copied` : `${what} saved as a file` }),
      (cause: unknown) =>
        toast({ tone: "bad", text: cause instanceof Error ? cause.message : `${what} could not be copied.` }),
    );
  };
  const image = async (): Promise<Taken> => {
    const canvas = plot.current?.canvas;
    if (!canvas) throw new Error("There is no chart to copy yet. Show it first.");
    const palette = readPalette(document.body);
    const time = `${formatLocal(from)} – ${formatLocal(to)}`;
    return copyImage(chartImage({ plot: canvas, palette, title, time, lines, colours }), fileName("png"));
  };
  const link = () => {
    const url = new URL(window.location.href);
    url.searchParams.delete("range");
    url.searchParams.set("from", String(Math.round(from)));
    url.searchParams.set("to", String(Math.round(to)));
    return copyText(url.href, fileName("url.txt"), "text/plain");
  };

  const items: MenuItem[] = [
    ...(onFullScreen ? [{ name: "Full screen", icon: "expand", onSelect: onFullScreen } as const] : []),
    { name: table ? "Show chart" : "Show table", icon: table ? "overview" : "table", onSelect: onTable },
    "separator",
    { name: "Copy image", icon: "image", disabled: table, onSelect: take("Image", image) },
    {
      name: "Copy CSV",
      icon: "copy",
      onSelect: take("CSV", () => copyText(toCsv(content()), fileName("csv"), "text/csv")),
    },
    {
      name: "Copy JSON",
      icon: "copy",
      onSelect: take("JSON", () => copyText(toJson(content()), fileName("json"), "application/json")),
    },
    { name: "Copy link", icon: "link", onSelect: take("Link", link) },
    ...(actions.length > 0 ? (["separator"] as const) : []),
    ...actions.map(({ name, run }) => ({ name, icon: "alerts", onSelect: run }) as const),
  ];
  return <Menu trigger={<IconButton icon="more" label={`${title}: more`} className="-mr-1.5" />} items={items} />;
}
