// The kinds of blocks by what they are for, in the order in which they are offered.

export const BLOCK_GROUPS = [
  ["words", ["heading", "text", "hero", "testimonial", "faq", "divider"]],
  ["pictures", ["image", "gallery", "embed"]],
  ["ways", ["button", "links", "social", "legal"]],
  ["facts", ["profile", "prices", "hours", "countdown"]],
  ["contact", ["contact", "address", "form"]],
];
