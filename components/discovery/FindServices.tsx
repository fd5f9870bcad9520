"use client";

import { May } from "../account/May";
import { Button } from "../ui/Button";
import { useLook } from "./use-found";

/** Looks at this machine for what could be watched. What it finds stands above the plugins. */
export function FindServices() {
  const { look, looking } = useLook();
  return (
    <May permission="administer">
      <Button icon="search" busy={looking} onClick={look}>
        Find services
      </Button>
    </May>
  );
}
