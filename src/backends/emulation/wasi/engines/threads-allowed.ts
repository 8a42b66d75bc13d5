/** Node's permission model may forbid threads. */
export function threadsAllowed(): boolean {
  const { permission } = process as { readonly permission?: { has(scope: string): boolean } };
  return permission?.has('worker') ?? true;
}
