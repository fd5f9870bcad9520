interface FencedBlock {
  /** What stands behind the fence, as "sh". */
  readonly language: string;
  readonly text: string;
  /** Of the fence, from 1. */
  readonly line: number;
  /** The nearest line above that is not empty. */
  readonly above: string;
}

/** Every fenced block of a Markdown text, in its order. */
export function readFencedBlocks(markdown: string): FencedBlock[] {
  const blocks: FencedBlock[] = [];
  const lines = markdown.split("\n");
  let open: { language: string; start: number; above: string } | undefined;
  let above = "";
  for (const [index, line] of lines.entries()) {
    const fence = /^\s*```(\S*)\s*$/.exec(line);
    if (fence && open) {
      const { language, start } = open;
      const text = `${lines.slice(start + 1, index).join("\n")}\n`;
      blocks.push({ language, text, line: start + 1, above: open.above });
      open = undefined;
    } else if (fence) {
      open = { language: fence[1] ?? "", start: index, above };
    }
    if (line.trim() !== "") above = line.trim();
  }
  return blocks;
}

/** What stands outside of fenced blocks; those lines are empty, so that numbers of lines stay. */
export function withoutFencedBlocks(markdown: string): string {
  let isOpen = false;
  const keep = (line: string) => {
    const isFence = /^\s*```/.test(line);
    const kept = isOpen || isFence ? "" : line;
    if (isFence) isOpen = !isOpen;
    return kept;
  };
  return markdown.split("\n").map(keep).join("\n");
}
