/** An interval in days for a button: `1 d`, `3 mo`, `1.2 y`; 0 is `again`. */
export function intervalLabel(days: number): string {
  if (days <= 0) return 'again';
  if (days < 60) return `${Math.round(days)} d`;
  if (days < 365) return `${Math.round(days / 30.4)} mo`;
  const years = days / 365.25;
  return `${years < 10 ? Number(years.toFixed(1)) : Math.round(years)} y`;
}
