import type { Metadata } from "next";
import Link from "next/link";
import { buttonClass } from "@/components/ui/button-class";
import { EmptyState } from "@/components/ui/EmptyState";

export const metadata: Metadata = { title: "No such plugin" };

export default function NotFound() {
  return (
    <div className="flex flex-1 flex-col justify-center">
      <h1 className="sr-only">Not found</h1>
      <EmptyState
        title="There is no such plugin"
        action={
          <Link href="/catalogue" className={buttonClass()}>
            To the catalogue
          </Link>
        }
      >
        The address may be mistyped, or this Unity is older than the plugin.
      </EmptyState>
    </div>
  );
}
