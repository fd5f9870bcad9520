import { StatusShape } from "@/components/ui/StatusShape";

/** What is wrong with what was sent as a whole; read out as soon as it is there. */
export function FormError({ children }: { children: string | null }) {
  return (
    // Without words it takes no room, and is there to be heard of.
    <div role="alert" className="empty:sr-only">
      {children === null ? null : (
        <p className="flex items-start gap-2 rounded-lg bg-bad-soft px-3 py-2 text-sm text-pretty text-ink">
          <span className="mt-1">
            <StatusShape tone="bad" label="" size={10} />
          </span>
          {children}
        </p>
      )}
    </div>
  );
}
