/** `name` of the plan's `barrier` instructions: what TypeScript does while the helper waits. */
export const BARRIERS = {
  /** In join: newuidmap and newgidmap write the id maps. */
  idmap: 'idmap',
  /** In setup, all mounts and devices there, nothing pivoted: prestart and createRuntime hooks. */
  hooks: 'hooks',
} as const;
