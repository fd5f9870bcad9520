import Link from "next/link";
import { buttonClass } from "@/components/ui/button-class";
import { EmptyState } from "@/components/ui/EmptyState";

export default function NotFound() {
  return (
    <EmptyState
      icon="alerts"
      title="There is no such alert"
      action={
        <Link href="/alerts/history" className={buttonClass()}>
          History
        </Link>
      }
    >
      It was over before it fired, or is longer ago than the history reaches.
    </EmptyState>
  );
}
