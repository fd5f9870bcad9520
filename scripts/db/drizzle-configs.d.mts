export declare function listConfigs(): Promise<string[]>;
export declare function migrationsFolder(name: string): string;
