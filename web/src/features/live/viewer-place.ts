const key = (session: string) => `proscenium.viewer.${session}`;

/** Leaves the viewer's place for whoever comes next in this tab: a reloaded page is the same viewer and keeps the controls. */
export function leavePlace(session: string, viewer: string): void {
  sessionStorage.setItem(key(session), viewer);
}

/** Takes the place that was left; two tabs never hold one. */
export function takePlace(session: string): string | undefined {
  const viewer = sessionStorage.getItem(key(session)) ?? undefined;
  sessionStorage.removeItem(key(session));
  return viewer;
}
