import { Icon } from "./icons";

/** What somebody has to see to, a line each. Names in them are only text. */
export function Notes({ notes }: { notes: readonly string[] }) {
  if (notes.length === 0) return null;
  return (
    <ul aria-label="To be seen to" className="flex flex-col gap-1.5 rounded-lg bg-warn-soft px-3 py-2">
      {notes.map((note) => (
        <li key={note} className="flex items-start gap-2 text-sm">
          <Icon name="warning" size={15} className="mt-0.5 shrink-0 text-warn" />
          <bdi className="min-w-0 text-pretty break-words">{note}</bdi>
        </li>
      ))}
    </ul>
  );
}
