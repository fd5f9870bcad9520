/** A text in which what stands between backquotes is code. */
export function WithCode({ text }: { text: string }) {
  return text.split("`").map((part, index) =>
    index % 2 === 1 ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: parts of a fixed text have no other name.
      <code key={index} className="text-ink [overflow-wrap:anywhere]">
        {part}
      </code>
    ) : (
      part
    ),
  );
}
