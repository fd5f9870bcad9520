import { z } from "zod";
import { findTokenProblem, headerMap, secret, serviceUrl, tlsOptions } from "../sdk";

export const config = z
  .object({
    url: serviceUrl()
      .default("http://localhost:81")
      .meta({ title: "Address", description: "Of the admin page.", placeholder: "http://localhost:81" }),
    username: z.string().trim().max(200).optional().meta({
      title: "User",
      description: "E-mail address of a user without two-factor login; one that may only view is enough.",
      placeholder: "unity@lab.example",
    }),
    password: secret().optional().meta({ secret: true, title: "Password" }),
    token: secret().optional().meta({
      secret: true,
      title: "Token",
      description: "Instead of a user. It is renewed while Unity runs, and ends a day after that.",
      advanced: true,
    }),
    databasePath: z.string().trim().startsWith("/", "Write the whole path.").max(1_000).optional().meta({
      title: "Database",
      description: "Path of database.sqlite on this machine. Read when there is no login, or the login fails.",
      placeholder: "/opt/npm/data/database.sqlite",
      advanced: true,
    }),
    warningDays: z.int().min(1).max(365).default(30).meta({
      title: "Certificate warning",
      description: "Days before it expires. Let's Encrypt's are renewed 30 days before, so for them 20 at most.",
      advanced: true,
    }),
    maxItems: z.int().min(1).max(1_000).default(200).meta({
      title: "Items at most",
      description: "Hosts and certificates that are shown one by one, of each kind.",
      advanced: true,
    }),
    headers: headerMap(),
    tls: tlsOptions(),
  })
  .superRefine(({ username, password, token, databasePath }, issues) => {
    const problem = (field: string, message: string) => issues.addIssue({ code: "custom", path: [field], message });
    if ((username === undefined) !== (password === undefined))
      problem(username === undefined ? "username" : "password", "User and password belong together.");
    const ofToken = findTokenProblem({ username, token });
    if (ofToken) problem("token", ofToken);
    if (username === undefined && token === undefined && databasePath === undefined)
      problem("username", "Give a user and password, or the path of the database.");
  });
export type Config = z.output<typeof config>;
export type ConfigInput = z.input<typeof config>;
