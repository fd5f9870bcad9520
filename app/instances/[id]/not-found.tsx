import Link from "next/link";
import { buttonClass } from "@/components/ui/button-class";
import { EmptyState } from "@/components/ui/EmptyState";

export default function NotFound() {
  return (
    <EmptyState
      icon="instances"
      title="There is no such instance"
      action={
        <Link href="/instances" className={buttonClass()}>
          All instances
        </Link>
      }
    >
      It was deleted, or the address is not complete.
    </EmptyState>
  );
}
