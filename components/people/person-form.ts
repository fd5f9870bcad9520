import type { Role } from "@/components/account/role-words";
import type { PersonView } from "@/components/data/outputs";

/** What stands in the fields. */
export interface PersonForm {
  readonly name: string;
  readonly username: string;
  readonly password: string;
  readonly role: Role;
  /** Only a viewer is limited. */
  readonly limited: boolean;
  readonly tags: readonly string[];
}

export const NEW_PERSON: PersonForm = {
  name: "",
  username: "",
  password: "",
  role: "viewer",
  limited: false,
  tags: [],
};

export const formOf = ({ name, username, role, tags }: PersonView): PersonForm => ({
  name,
  username: username ?? "",
  password: "",
  role,
  limited: tags !== null,
  tags: tags ?? [],
});

/** As the server takes it: rows that were left empty are none, and nobody is limited who may change things. */
export function rightsOf({ name, username, role, limited, tags }: PersonForm) {
  const typed = tags.map((tag) => tag.trim()).filter((tag) => tag !== "");
  return {
    name: name.trim() || username.trim(),
    role,
    tags: role === "viewer" && limited ? [...new Set(typed)] : null,
  };
}

/** What is wrong before anybody is asked: limited to nothing, somebody would see nothing. */
export const problemOf = (form: PersonForm): { field: string; message: string } | null =>
  rightsOf(form).tags?.length === 0
    ? { field: "tags", message: "Choose or type a tag, or let everything be seen." }
    : null;

/** Whether saving ends somebody's sessions: whoever may do something else signs in again. */
export const changesRights = (form: PersonForm, { role, tags }: PersonView): boolean => {
  const next = rightsOf(form);
  return JSON.stringify([next.role, next.tags]) !== JSON.stringify([role, tags]);
};
