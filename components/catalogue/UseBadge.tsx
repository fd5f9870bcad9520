import { Badge } from "../ui/Badge";
import { describeUse, type Used } from "./describe-use";

/** How a plugin's instances are: the worst of it, in a word and a shape. Nothing where there is none. */
export function UseBadge({ entry }: { entry: Used }) {
  if (entry.instances === 0) return null;
  const { tone, text } = describeUse(entry);
  return (
    <Badge tone={tone} shape>
      {text}
    </Badge>
  );
}
