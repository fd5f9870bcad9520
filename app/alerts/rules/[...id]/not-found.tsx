import Link from "next/link";
import { buttonClass } from "@/components/ui/button-class";
import { EmptyState } from "@/components/ui/EmptyState";

export default function NotFound() {
  return (
    <EmptyState
      icon="alerts"
      title="There is no such rule"
      action={
        <Link href="/alerts/rules" className={buttonClass()}>
          All rules
        </Link>
      }
    >
      It was deleted, or the address is not complete.
    </EmptyState>
  );
}
