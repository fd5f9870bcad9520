import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { loadInstance } from "@/components/instance/load-instance";

interface Props {
  readonly params: Promise<{ id: string }>;
  readonly children: ReactNode;
}

/** Above the skeleton: once that is on its way, the answer is 200 and can no longer be 404. */
export default async function Layout({ params, children }: Props) {
  if (!(await loadInstance((await params).id))) notFound();
  return children;
}
