import { InstanceSkeleton } from "@/components/instance/InstanceSkeleton";

export default function Loading() {
  return <InstanceSkeleton />;
}
