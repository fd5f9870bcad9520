"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/data/trpc";
import { SettingRow } from "@/components/settings/SettingRow";
import { Card } from "@/components/ui/Card";

/** What is set, and where it is set: at the machine, so that no page can be talked into it. */
export function WhatTheyMay() {
  const { data } = useQuery(useTRPC().assist.settings.queryOptions());
  return (
    <Card padding="none">
      <SettingRow beside name="Read" hint="What the token may see, and nothing else: a token of a tag, that tag.">
        Yes
      </SettingRow>
      <SettingRow
        beside
        name="Acknowledge and silence"
        hint={
          data?.mayAct ? (
            "With a token that may respond. UNITY_ASSISTANTS_MAY_ACT=1 is set where Unity is started."
          ) : (
            <>
              Not here. With <code>UNITY_ASSISTANTS_MAY_ACT=1</code> where Unity is started, a token that may respond
              may.
            </>
          )
        }
      >
        {data ? (data.mayAct ? "Yes" : "No") : "–"}
      </SettingRow>
      <SettingRow
        beside
        name="Anything else"
        hint="No tool adds, changes or removes what is watched, nor reads a secret."
      >
        No
      </SettingRow>
      <SettingRow beside name="Seen in the audit log" hint="Each call: which tool, by which token, about what.">
        Yes
      </SettingRow>
    </Card>
  );
}
