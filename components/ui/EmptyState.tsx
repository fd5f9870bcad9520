import type { ReactNode } from "react";
import { Icon, type IconName } from "./icons";

interface Props {
  readonly icon?: IconName;
  readonly title: string;
  /** One sentence: why it is empty, or what to do. */
  readonly children?: ReactNode;
  /** One button or link. */
  readonly action?: ReactNode;
}

export function EmptyState({ icon = "search", title, children, action }: Props) {
  return (
    <div className="flex flex-col items-center justify-center px-6 py-10 text-center">
      <span className="mb-3 flex size-10 items-center justify-center rounded-xl border border-line bg-raised text-muted">
        <Icon name={icon} size={20} />
      </span>
      <p className="text-sm font-semibold">{title}</p>
      {children ? <div className="mt-1 max-w-md text-sm text-pretty text-muted">{children}</div> : null}
      {action ? <div className="mt-4">{action}</div> : null}
    </div>
  );
}
