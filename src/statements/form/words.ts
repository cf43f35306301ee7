/** 'Nordisk Revision A/S (CVR 12345678)': as it stands in one field. */
export function formatRegistration(name: string, registration: string | null): string {
  return registration === null ? name : `${name} (CVR ${registration})`
}
