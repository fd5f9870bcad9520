import Link from "next/link";
import { buttonClass } from "@/components/ui/button-class";
import { EmptyState } from "@/components/ui/EmptyState";

export default function NotFound() {
  return (
    <EmptyState
      icon="alerts"
      title="There is no such channel"
      action={
        <Link href="/alerts/channels" className={buttonClass()}>
          All channels
        </Link>
      }
    >
      It was deleted, or this version does not know its kind.
    </EmptyState>
  );
}
