/** Takes a chart out of the page. The clipboard exists on https and localhost only; elsewhere a file is saved instead. */

export type Taken = "copied" | "saved";

export async function copyText(text: string, fileName: string, type: string): Promise<Taken> {
  if (await written(() => navigator.clipboard.writeText(text))) return "copied";
  save(new Blob([text], { type }), fileName);
  return "saved";
}

export async function copyImage(canvas: HTMLCanvasElement, fileName: string): Promise<Taken> {
  const image = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/png"));
  if (!image) throw new Error("The browser made no image of the chart. Save it as CSV instead.");
  if (await written(() => navigator.clipboard.write([new ClipboardItem({ "image/png": image })]))) return "copied";
  save(image, fileName);
  return "saved";
}

/** @returns false where there is no clipboard or the browser refuses it: both are expected, and a file takes its place */
async function written(write: () => Promise<void>): Promise<boolean> {
  if (!window.isSecureContext || !("clipboard" in navigator)) return false;
  return write().then(
    () => true,
    () => false,
  );
}

/** Hands a file to the browser, which saves it. */
export function save(blob: Blob, fileName: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = fileName;
  link.click();
  // The download has begun by the next turn.
  setTimeout(() => URL.revokeObjectURL(link.href), 0);
}
