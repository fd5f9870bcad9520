import type { Metadata } from "next";
import Link from "next/link";
import { buttonClass } from "@/components/ui/button-class";
import { EmptyState } from "@/components/ui/EmptyState";

export const metadata: Metadata = { title: "Not for you" };

export default function Page() {
  return (
    <EmptyState
      icon="lock"
      title="Your role may not open this page"
      action={
        <Link href="/" className={buttonClass()}>
          Overview
        </Link>
      }
    >
      An admin of this Unity can change what your role is, under Settings, People.
    </EmptyState>
  );
}
