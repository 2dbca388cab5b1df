// The edit link becomes a slim tab at the edge, in the page's margin, where it hides nothing of the shop's and looks like
// none of its buttons. (Pages forbid style attributes, but not what a script sets.)
{
  const link = document.getElementById("workshop-edit");
  Object.assign(link.style, {
    position: "fixed", right: 0, top: "50%", transform: "translateY(-50%)", zIndex: 9,
    writingMode: "vertical-rl", padding: ".6em 0", font: "600 11px/16px system-ui, sans-serif",
    color: "#fff", background: "#333", borderRadius: "4px 0 0 4px", textDecoration: "none",
  });
}
