// The edit link goes into the corner: pages forbid style attributes, but not what a script sets.
{
  const link = document.getElementById("workshop-edit");
  Object.assign(link.style, { position: "fixed", insetInlineStart: "1rem", insetBlockEnd: "5rem", zIndex: 9 });
}
