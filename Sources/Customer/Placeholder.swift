enum CustomerPlaceholder {}
