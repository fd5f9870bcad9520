import { Card } from "@/components/ui/Card";
import type { RouteWords } from "./route-words";

interface Props {
  readonly words: RouteWords;
  readonly carded?: boolean;
  readonly className?: string;
}

/** The route in words, as it stands in the form. */
export function RouteSentence({ words: { what, whom, how }, carded = false, className = "" }: Props) {
  const content = (
    <div aria-live="polite">
      <p className={`font-medium text-pretty break-words ${carded ? "text-base" : "line-clamp-2 text-sm"}`}>
        <bdi>
          {what} {whom}.
        </bdi>
      </p>
      {how.length > 0 ? (
        <p className={`num text-xs text-pretty break-words text-muted ${carded ? "mt-1" : "line-clamp-1"}`}>
          <bdi>{how.join(". ")}.</bdi>
        </p>
      ) : null}
    </div>
  );
  return carded ? (
    <Card role="region" aria-label="The route in words" className={className}>
      {content}
    </Card>
  ) : (
    <div className={className}>{content}</div>
  );
}
