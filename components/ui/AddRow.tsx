/** One more of what is above it. @param name what one is called */
export function AddRow({ name, onAdd }: { name: string; onAdd(): void }) {
  return (
    <button
      type="button"
      onClick={onAdd}
      className="self-start rounded px-1 text-xs font-medium text-accent hover:underline pointer-coarse:min-h-9"
    >
      Add {name}
    </button>
  );
}
