import type { Metadata } from "next";
import Link from "next/link";
import { buttonClass } from "@/components/ui/button-class";
import { EmptyState } from "@/components/ui/EmptyState";

export const metadata: Metadata = { title: { absolute: "Not found · Unity" } };

export default function NotFound() {
  return (
    <div className="flex flex-1 flex-col justify-center">
      <h1 className="sr-only">Not found</h1>
      <EmptyState
        title="There is nothing here"
        action={
          <Link href="/" className={buttonClass()}>
            To the overview
          </Link>
        }
      >
        The address may be mistyped, or what it showed was removed. Press / to search.
      </EmptyState>
    </div>
  );
}
