import type { Plugin } from "../../plugins/sdk/plugin";
import { sees, type Visitor } from "../auth/visitor";
import { UnityError } from "../errors";
import type { Instance } from "./instance";
import type { Instances } from "./instances";

/** Who pushes: a token, which knows nobody but its owner. */
export interface Sender extends Pick<Visitor, "tags"> {
  readonly tokenId: string;
  readonly tokenName: string;
}

export interface Senders {
  /**
   * The instance that a token's pushes go into. It is made at the first one, and has the token's tags.
   * @returns also whether it was made now
   * @throws UnityError `forbidden` when the token does not see it, or it is paused; `too_many`; `unavailable`
   */
  find(sender: Sender): Promise<{ readonly instance: Instance; readonly isNew: boolean }>;
}

/** Knows the instances of the plugins that are told. @param plugin the one that an instance is made of */
export function createSenders(instances: Instances, plugin: () => Plugin | undefined): Senders {
  /** By the token's name: two first pushes at once make one. */
  const making = new Map<string, Promise<Instance>>();

  function named(name: string): Instance | undefined {
    const id = plugin()?.id;
    const all = instances.list().filter((one) => one.plugin === id);
    const key = keyOf(name);
    return all.find((one) => tokenOf(one) === key) ?? all.find((one) => tokenOf(one) === "" && keyOf(one.name) === key);
  }

  async function make({ tokenName, tags }: Sender): Promise<Instance> {
    const made = plugin();
    if (!made) throw new UnityError("unavailable", "This Unity has no plugin for what is pushed.");
    return instances.create({ plugin: made.id, name: tokenName, config: { token: tokenName }, tags: tags ?? [] });
  }

  return {
    async find(sender) {
      const key = keyOf(sender.tokenName);
      const known = named(sender.tokenName);
      const isNew = known === undefined && !making.has(key);
      if (isNew)
        making.set(
          key,
          make(sender).finally(() => making.delete(key)),
        );
      const instance = known ?? (await making.get(key));
      if (!instance || !sees(sender, instance.tags))
        throw new UnityError("forbidden", `The token sees nothing of "${instance?.name}": give both a tag.`);
      if (!instance.enabled) throw new UnityError("forbidden", `"${instance.name}" is paused: nothing is taken.`);
      return { instance, isNew };
    },
  };
}

/** Names of tokens differ in more than capitals. */
const keyOf = (name: string) => name.normalize("NFC").trim().toLowerCase();
const tokenOf = ({ config: { token } }: Instance) => (typeof token === "string" ? keyOf(token) : "");
