/** How an update goes on that nothing of before can be kept of. */
export const GO_WITHOUT =
  "Nothing was changed. To update without one, start Unity once with UNITY_UPGRADE_WITHOUT_BACKUP=1.";
