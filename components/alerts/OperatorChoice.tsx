import type { ValuePart } from "@/components/alerts/limit-unit";
import { Choice } from "@/components/ui/Choice";

type Operator = ValuePart["where"][number]["op"];

interface Props {
  readonly label: string;
  readonly value: Operator;
  readonly className?: string;
  onChange(value: Operator): void;
}

const OPERATORS: readonly { readonly op: Operator; readonly name: string }[] = [
  { op: "is", name: "is" },
  { op: "is_not", name: "is not" },
  { op: "like", name: "is like" },
  { op: "unlike", name: "is not like" },
];

/** What is typed into the field behind it. */
export const operatorHint = (op: Operator, otherwise: string) =>
  op === "like" || op === "unlike" ? "With * and ?" : otherwise;

/** How a value is compared. `like` takes `*` and `?`. */
export function OperatorChoice({ label, value, className, onChange }: Props) {
  return (
    <Choice
      label={label}
      value={value}
      className={className ?? ""}
      onChange={(next) => onChange(OPERATORS.find(({ op }) => op === next)?.op ?? "is")}
    >
      {OPERATORS.map(({ op, name }) => (
        <option key={op} value={op}>
          {name}
        </option>
      ))}
    </Choice>
  );
}
