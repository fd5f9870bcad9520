/** Keeps the place of what is not there yet. Give it the size of what will come. */
export function Skeleton({ className = "h-4 w-24" }: { className?: string }) {
  return <div className={`skeleton ${className}`} aria-hidden="true" />;
}
