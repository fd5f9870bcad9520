export declare function findDrift(name: string, options?: { folder?: string }): Promise<string[]>;
