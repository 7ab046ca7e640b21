/// The one script that a published page may have, only where something is embedded: it puts a frame in the place of
/// what asks for consent. The policy of the page admits it by its hash, and frames by their origins.
struct EmbedScript: Sendable {
  /// JavaScript without anything that could end a script element.
  let text: StaticString = """
    for(const b of document.querySelectorAll("button[data-frame]")){b.hidden=false;b.addEventListener("click",()=>{\
    const f=document.createElement("iframe");f.title=b.dataset.title;f.allow="autoplay; fullscreen; encrypted-media; \
    picture-in-picture";f.sandbox="allow-scripts allow-same-origin allow-popups allow-presentation";\
    f.referrerPolicy="strict-origin-when-cross-origin";f.tabIndex=0;f.src=b.dataset.frame;\
    b.closest(".embed").replaceChildren(f);f.focus()})}
    """

  /// Base64 of the text's SHA-256.
  var hash: String { ContentHash.base64(text.description) }

  /// The element, to stand at the end of a page.
  var html: HTML { "<script>\(self)</script>\n" }
}
