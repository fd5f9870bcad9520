import type { Proposal } from "../data/outputs";
import { Icon } from "../ui/icons";
import { whyText } from "./service-words";

/** Above a form: what it was filled in from, and what is left to do. */
export function FoundNote({ proposal }: { proposal: Proposal }) {
  const { asks } = proposal;
  return (
    <div role="note" className="flex items-start gap-3 rounded-xl bg-accent-soft px-4 py-3 text-sm">
      <Icon name="search" size={16} className="mt-0.5 text-accent" />
      <div className="min-w-0">
        <p className="font-semibold">Filled in from what was found</p>
        <p className="mt-0.5 break-words">
          <bdi>{whyText(proposal)}</bdi>
        </p>
        {asks === null ? null : (
          <p className="mt-0.5">Still to fill in: {asks.charAt(0).toLowerCase() + asks.slice(1)}.</p>
        )}
      </div>
    </div>
  );
}
