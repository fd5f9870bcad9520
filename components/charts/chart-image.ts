import type { ChartLine } from "./chart-data";
import type { Palette } from "./palette";

interface Picture {
  readonly plot: HTMLCanvasElement;
  readonly palette: Palette;
  readonly title: string;
  /** The window in words. */
  readonly time: string;
  readonly lines: readonly ChartLine[];
  readonly colours: readonly number[];
}

const EDGE = 16;
const HEAD = 40;
const FOOT = 32;
/** What fits under a chart in one row. */
const NAMES = 12;

/** The plot with its title, window and names on the card's ground: an image that explains itself in a chat. */
export function chartImage({ plot, palette, title, time, lines, colours }: Picture): HTMLCanvasElement {
  const ratio = devicePixelRatio;
  const named = lines.some(({ label }) => label !== "");
  const canvas = document.createElement("canvas");
  canvas.width = plot.width + 2 * EDGE * ratio;
  canvas.height = plot.height + (HEAD + EDGE + (named ? FOOT : 0)) * ratio;
  const ctx = canvas.getContext("2d");
  if (!ctx) return canvas;
  ctx.fillStyle = palette.surface;
  ctx.fillRect(0, 0, canvas.width, canvas.height);
  ctx.drawImage(plot, EDGE * ratio, HEAD * ratio);
  ctx.scale(ratio, ratio);
  const family = palette.font.replace(/^\S+ /, "");
  const width = canvas.width / ratio;
  ctx.fillStyle = palette.ink;
  ctx.font = `600 14px ${family}`;
  ctx.fillText(title, EDGE, 27);
  ctx.fillStyle = palette.muted;
  ctx.font = `12px ${family}`;
  ctx.textAlign = "right";
  ctx.fillText(time, width - EDGE, 27);
  ctx.textAlign = "left";
  if (!named) return canvas;
  let x = EDGE;
  const y = canvas.height / ratio - FOOT / 2;
  lines.slice(0, NAMES).forEach(({ label }, index) => {
    const text = label.length > 28 ? `${label.slice(0, 27)}…` : label;
    const end = x + 10 + ctx.measureText(text).width;
    if (end > width - EDGE) return;
    ctx.fillStyle = palette.series(colours[index] ?? 1);
    ctx.fillRect(x, y - 9, 3, 10);
    ctx.fillStyle = palette.muted;
    ctx.fillText(text, x + 10, y);
    x = end + 16;
  });
  return canvas;
}
