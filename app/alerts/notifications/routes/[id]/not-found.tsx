import Link from "next/link";
import { buttonClass } from "@/components/ui/button-class";
import { EmptyState } from "@/components/ui/EmptyState";

export default function NotFound() {
  return (
    <EmptyState
      icon="alerts"
      title="There is no such route"
      action={
        <Link href="/alerts/notifications" className={buttonClass()}>
          All routes
        </Link>
      }
    >
      It was deleted.
    </EmptyState>
  );
}
